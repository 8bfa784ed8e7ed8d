export const BarcodeDetector: DetectorClass;
